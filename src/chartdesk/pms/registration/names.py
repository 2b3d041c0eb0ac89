"""Names as they are compared: without case, accents and marks; by sound; by the nicknames people use."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import jellyfish

#: Given names and what their bearers are called. A name may stand in more than one row.
_NICKNAMES = """
abigail abby gail; albert al bert; alexander alex al sandy xander; alexandra alex sandra lexi; alfred al
fred; andrew andy drew; anthony tony; arthur art; barbara barb babs; benjamin ben benny; bernard bernie;
beverly bev; bradley brad; catherine katherine kathryn cathy kathy kate katie kit kitty; charles charlie
chuck; christina christine tina chris chrissy; christopher chris topher kit; cynthia cindy; daniel dan
danny; david dave davy; deborah debra deb debbie; dennis denny; donald don donny; dorothy dot dottie;
douglas doug; edward ed eddie ted teddy ned; eleanor ellie nora nell; elizabeth liz lizzie beth betty
betsy eliza libby lisa; eugene gene; frances fran frannie; francis frank; franklin frank; frederick fred
freddy rick; gabriel gabe; gerald gerry jerry; gregory greg; harold harry hal; henry harry hank;
isabella isabel bella izzy; jacob jake; james jim jimmy jamie; janet jan; jeffrey jeff; jennifer jen
jenny; jessica jess jessie; john jack johnny jon; jonathan jon johnny; joseph joe joey; josefina josie;
joshua josh; judith judy; kenneth ken kenny; kimberly kim; lawrence larry; leonard leo len lenny; louis
lou louie; madeline maddie; margaret maggie meg peg peggy marge margie greta; martha marty patsy; martin
marty; mary molly polly mamie; matthew matt; megan meg; melissa missy lissa; michael mike mick mickey;
nancy nan; natalie nat; nathaniel nathan nate nat; nicholas nick nicky; olivia liv livvy; pamela pam;
patricia pat patty tricia trish; patrick pat paddy; peter pete; philip phillip phil; raymond ray;
rebecca becky becca; richard rich rick ricky dick; robert rob robbie bob bobby bert; ronald ron ronnie;
rosemary rose rosie; russell russ; samantha sam; samuel sam sammy; sandra sandy; sarah sara sally;
stephanie steph; stephen steven steve; susan sue susie suzy; susanna susannah sue; sylvia syl; teresa
theresa terri terry tess; theodore ted teddy theo; thomas tom tommy; timothy tim timmy; valerie val;
vanessa nessa; veronica ronnie roni; victor vic; victoria vicky tori; vincent vince vinny; virginia
ginny ginger; walter walt wally; william bill billy will willy liam; zachary zach zack; francisco paco
pancho frank; guadalupe lupe; guillermo memo; ignacio nacho; jesus chuy; jose pepe; roberto beto
"""


def _families() -> dict[str, frozenset[str]]:
    """Each name with all names of the rows it stands in."""
    found: dict[str, set[str]] = {}
    for row in _NICKNAMES.split(";"):
        for name in row.split():
            found.setdefault(name, set()).update(row.split())
    return {name: frozenset(others) for name, others in found.items()}


_KNOWN_AS = _families()
_MARKS = re.compile(r"[^\w]+|_")
_JOINS = re.compile(r"['’ʼ`.]")


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """``text`` in lower case without accents and marks: ``O'Brien-Díaz`` becomes ``obrien diaz``."""
    bare = unicodedata.normalize("NFKD", _JOINS.sub("", text)).casefold()
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(_MARKS.sub(" ", bare).split())


@lru_cache(maxsize=65_536)
def sound(text: str) -> str:
    """How a name sounds (Metaphone), empty for what it cannot say, such as names in other scripts."""
    ascii_only = plain(text).encode("ascii", "ignore").decode().replace(" ", "")
    letters = "".join(letter for letter in ascii_only if letter.isalpha())
    return jellyfish.metaphone(letters) if letters else ""


def forms(given: str) -> frozenset[str]:
    """The name itself and the nicknames and full names it may stand for, in plain form."""
    name = plain(given)
    return _KNOWN_AS.get(name.split(" ")[0], frozenset()) | {name} if name else frozenset()


def are_nicknames(one: str, other: str) -> bool:
    """Whether both given names may be the same person's: ``Bill`` and ``William``."""
    first, second = plain(one), plain(other)
    return bool(first) and first != second and second in forms(first)


def closeness(one: str, other: str) -> float:
    """How alike two names are spelled, 0.0 to 1.0 (Jaro-Winkler)."""
    first, second = plain(one), plain(other)
    return float(jellyfish.jaro_winkler_similarity(first, second)) if first and second else 0.0


def sound_keys(family: str, given: str) -> frozenset[str]:
    """Keys under which patients who may be the same share at least one: sound of a family name and the first
    sound of the given name in all its forms. ``Smyth, Bill`` and ``Smith, William`` share ``SM0W``."""
    initials = {sound(form)[:1] for form in forms(given)} or {""}
    words = plain(family).split()
    # Of a double name each long part counts too; "de" and "la" would only tie strangers together.
    sounds = {sound("".join(words)), *(sound(word) for word in words if len(word) > 3)}
    return frozenset(f"{spoken}{initial}" for spoken in sounds if spoken for initial in initials)
