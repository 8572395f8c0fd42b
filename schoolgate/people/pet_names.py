"""Forms of one first name: short, fond, and of other languages; pure.

Not complete, and never used to decide: what may be one person is shown to a person.
"""

_FORMS = """
aaron haroon harun ron
abdul abdullah abdallah
abigail abby abbie gail
adam adas adamek
agnieszka agnes aga
ahmed ahmad ahmet
aisha ayesha aysha aicha
albert al bert bertie
aleksander alexander alex aleksandr alejandro alessandro sandy sasha olek xander oleksandr
  iskander
aleksandra alexandra alex sandra ola oksana lexi sasha oleksandra
alan allan allen al
ali aly
alice alicja ala alicia
amelia amy millie mia amela
amina aminah ameena
andrew andy drew andrzej andrea andrei andriy andrii andres andre anders jedrek
angela angie andzelika
ann anne anna annie hanna hannah ania anya ana nan nancy anita
anthony tony antoni antonio anton antek ant
arthur artur art artie
barbara basia barb babs barbra
beata beatrice bea beatriz
benjamin ben benny benji beniamin
bernard bernie
bogdan bohdan
catherine katherine kathryn katarzyna kate katie kathy cathy kasia kat kitty kit catriona
  ekaterina kateryna katya cathryn kasja caterina
charles charlie chas chuck karol carlos carl karl carlo
charlotte charlie lottie lotte
christine christina krystyna kristina tina chris chrissie krysia cristina
christopher chris krzysztof christophe kris krzysiek topher kit cristobal
claire clare klara clara
daniel dan danny danek danylo daniela danielle
david dave davey dawid davy dafydd daud dawud dewi
deborah debra debbie deb
dennis denis denys den
derek del
dominic dominik dom nick
donald don donny
dorothy dorota dot dotty dora
edward ed eddie ted teddy ned edek edmund eduardo
eleanor ellie nell ella elena helen helena olena leonora nora
elizabeth liz lizzie beth betty eliza elzbieta ela lisa elisabeth libby betsy bess elspeth
  isabel isabella
emily emma em emilia emmy
eric erik eryk rick
eva ewa eve ewelina evelyn yeva
fatima fatma fatimah fatema fatoumata
francis frank frankie franciszek francisco francesco franek fran
frances fran fanny franciszka francesca
frederick fred freddie fryderyk
gabriel gabe gabi gabrys
gareth gary gaz
geoffrey jeffrey geoff jeff
george jerzy georg jorge jurek georgi yuriy yuri heorhiy gheorghe giorgio
gerald gerard gerry jerry
grace grazyna
graham graeme
gregory greg grzegorz grzesiek
halina hala
harold harry hal
hassan hasan
henry harry hank henryk enrique heinrich henri hal
hussein husain hussain hossein
ibrahim abraham abe ibraheem
igor ihor
irene irena iryna irina
jacob jake jakub kuba yaqub jakob jacek jack
james jim jimmy jamie jem jaime seamus
jane jan janina jenny
janet jan jen
jennifer jen jenny jenna
jessica jess jessie
joan joanna asia joanne jo johanna
john johnny jon jan jack janek jasiek ivan ian sean juan joao giovanni jean johan johann hans
  ion yahya iwan shaun shane evan ioan vanya
jonathan jon jonny johnathan nathan
joseph joe joey jozef jose giuseppe yusuf yousef yusef josef yosef iosif youssef
joshua josh
judith judy jude
julia julie jula julka juliet
justin justyn
justyna justine
kamil camille
karolina caroline carolyn carol carrie karol
kenneth ken kenny
khadija khadijah hadija
laura lauren laurie
lawrence laurence larry laurie wawrzyniec
leonard len lenny leo
leszek lech
lewis louis lou luis ludwik lewi
louise luiza lou louisa
luke lukasz lucas luca lukas luka
lynn linda lyn
magdalena magda maddie madeleine madeline lena
malcolm mal
malgorzata margaret gosia maggie meg peggy marge margot rita greta marjorie daisy margarita
marek mark marc marco marcus markus marko
maria mary marie mariam maryam miriam molly polly marysia maja may mair
mariusz marius
martin marcin marty
martha marta
matthew matt mateusz matty mateo matteo matthias maciej maciek matei
maurice maureen mo
maximilian max maks maksymilian maxim maksym
melissa mel
michael mike mick mickey mikey michal mikolaj miguel michel mikhail mykhailo mihai mischa misha
  mitch
michelle shell michele
mohammed muhammad mohamed mohammad mo muhammed mehmet mohamad muhammet
mustafa mostafa
natalie natalia natasha nat nataliya
nicholas nick nicky mikolaj nicolas nico mykola nikolai klaus colin nicolae
nicola nicky nicole nikki
norman norm
oliver ollie olly oliwier
olga ola olha
oscar oskar
pamela pam
patricia pat patsy tricia trish patrycja
patrick pat paddy patryk padraig
paul pawel pavel pavlo pablo paolo pol pawelek paulo pal
paula paulina pauline
peter pete piotr pedro pierre pietro petro petr piotrek
philip phil phillip filip pip felipe
rachel rachael rachela
radoslaw radek
raymond ray
rebecca becky becca rebeka bex
richard rick ricky dick rich richie ryszard rysiek ricardo dickie
robert rob robbie bob bobby bert roberto robin
roger rodge
ronald ron ronnie roland
rose rosie roza rosa rosalind
russell russ
samantha sam sammy
samuel sam sammy samir
sarah sara sally sadie
sebastian seb seba bastian
sergei serhiy sergio serge
simon szymon simeon
slawomir slawek
stanislaw stan staszek
stephen steven steve stevie stefan szczepan stephan esteban stepan ste
stephanie steph stefania
stuart stewart stu
susan sue suzanne zuzanna susie suzie zuza susanna
suleiman solomon sulaiman
teresa theresa terry tess
terence terry tel
theodore theo ted teddy fyodor teodor
thomas tom tommy tomasz tomek tomas
timothy tim timmy tymoteusz
tobias toby
umar omar
victor viktor wiktor vic
victoria vicky tori wiktoria vicki
vincent vince vinny wincenty
violet wioletta
vladimir volodymyr wlodzimierz vova vlad
walter wally walt
wayne way
wendy gwendolyn gwen
wieslaw wiesiek
william will bill billy liam willy wilhelm guillermo gwilym willem
wojciech wojtek adalbert
yasmin jasmine yasmine
zachary zach zak zakaria zakariya
zbigniew zbyszek
zofia sophie sophia sofia zosia zoe
"""


def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_FORMS.strip().replace("\n  ", " ").splitlines()):
        for name in line.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


_GROUPS = _groups()


def is_form_of(one: str, other: str) -> bool:
    """Whether two plain first names may be forms of one, such as "pawel" and "paul"."""
    return bool(_GROUPS.get(one, frozenset()) & _GROUPS.get(other, frozenset()))
