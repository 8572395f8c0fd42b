"""The look: base templates, parts, stylesheet, icons; and how moments read on a page.

Neighbours: none below but Django. Every room's templates extend `family.html`, `staff.html`,
`sealed.html` or `plain.html`.
"""
