"""How mail gets here: the SMTP door, mailboxes asked by IMAP, and a mail server's pipe."""
