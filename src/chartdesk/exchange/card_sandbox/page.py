"""The page on which a card is typed. It is the gateway's: no other program ever sees the number."""

from __future__ import annotations

from html import escape
from typing import Any

from chartdesk.exchange.card_sandbox import cards

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Card</title><style>
body{{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f3f5f8;color:#1d2b3a}}
main{{max-width:26rem;margin:2rem auto;background:#fff;padding:1.5rem;border-radius:.5rem}}
label{{display:block;margin-top:.8rem}}input{{font:inherit;width:100%;box-sizing:border-box;padding:.4rem}}
.row{{display:flex;gap:.6rem}}button{{font:inherit;margin-top:1.2rem;padding:.5rem 1.2rem}}
.fault{{color:#a4161a}}details{{margin-top:1.5rem;font-size:.85rem}}td{{padding-right:.8rem;vertical-align:top}}
</style></head><body><main><h1>Card</h1><p>{description}{amount}</p>{fault}
<form method="post"><label for="number">Card number</label>
<input id="number" name="number" inputmode="numeric" autocomplete="cc-number" required>
<div class="row"><div><label for="month">Month</label><input id="month" name="month" inputmode="numeric" required></div>
<div><label for="year">Year</label><input id="year" name="year" inputmode="numeric" required></div>
<div><label for="code">Security code</label><input id="code" name="code" inputmode="numeric" required></div></div>
<button>Use this card</button></form>
<details><summary>Cards of this sandbox</summary><table>{cases}</table></details></main></body></html>"""


def page(session: dict[str, Any], fault: str = "") -> bytes:
    """The form, with what was wrong the last time."""
    cases = [("approved", "Works."), *cards.BEHAVIORS.values()]
    rows = "".join(f"<tr><td>{cards.number_for(name)}</td><td>{escape(words)}</td></tr>" for name, words in cases)
    amount = f": ${escape(session['amount'])}" if session["amount"] else ""
    return _PAGE.format(
        description=escape(session["description"]),
        amount=amount,
        fault=f'<p class="fault" role="alert">{escape(fault)}</p>' if fault else "",
        cases=rows,
    ).encode()
