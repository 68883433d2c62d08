"""What no text settles, in plain words and with its source; and what the CPAM answered. Source: domain, section 10."""

from __future__ import annotations

from crisis_plan.funding.computations import Answered
from crisis_plan.funding.lines import Doubt
from crisis_plan.web.formats import short_date

COMMISSION = "commission paritaire régionale ACI CPTS du 19/01/2023"
"""S004."""
CONGRESS = "congrès de médecine générale 2024, session CPTS"
"""S002."""

SENTENCES = {
    Doubt.SIZE_AT_BOUND: (
        "À une population exactement à la limite de deux tailles, le texte "
        f"(ACI, avenant 2\u00a0; {CONGRESS}\u00a0; {COMMISSION}) ne dit pas laquelle s’applique. "
        "La taille inscrite au contrat l’emporte\u00a0: demandez à la CPAM laquelle elle retient."
    ),
    Doubt.PLAN_AFTER_CRISIS: (
        f"La ligne de crise est pour une CPTS «\u00a0ayant rédigé un plan\u00a0» ({COMMISSION}). Que le plan doive "
        "exister avant le début de la crise est notre lecture, aucun texte ne le confirme\u00a0: pour un plan écrit le "
        "jour même ou après, la CPAM peut refuser."
    ),
    Doubt.CRISIS_CEILING: (
        f"Le montant de la ligne de crise ({COMMISSION}) est un plafond. Aucun texte trouvé ne dit s’il est payé en "
        "entier ou au prorata\u00a0: à demander à la CPAM."
    ),
    Doubt.CRISIS_ONCE: (
        f"Les textes trouvés ({CONGRESS}\u00a0; {COMMISSION}) ne disent pas si la ligne de crise se paie une fois par "
        "an ou une fois par crise\u00a0: à demander à la CPAM."
    ),
    Doubt.MAJORATION: (
        "La majoration d’une CPTS de taille 4 porte sur les missions socles et optionnelles, mais le tableau de la "
        f"{COMMISSION} n’a pas de ligne pour la mission crise. Elle n’est pas comptée tant que la CPAM ne l’a pas "
        "confirmée. Elle ne porte pas sur les moyens supplémentaires de fonctionnement."
    ),
    Doubt.ADVANCE: (
        "L’avance de 75\u00a0% est la règle générale des parts fixes de l’ACI (Sénat, rapport r25-032)\u00a0; son "
        "application à la mission crise n’est pas confirmée."
    ),
    Doubt.JOINED_AT_BOUND: (
        "La disposition pour 2021 vise une CPTS qui a rejoint l’ACI avant le 31/12/2021. Le texte ne dit pas si une "
        "adhésion de ce jour même compte\u00a0: à demander à la CPAM."
    ),
    Doubt.BEFORE_RECOGNITION: (
        "Aucun texte trouvé ne dit si les actions et les temps d’avant la reconnaissance de la crise comptent\u00a0: à "
        "demander à la CPAM."
    ),
}


def doubt_sentence(doubt: Doubt) -> str:
    """What is not known, and from which text; never said as settled."""
    return SENTENCES[doubt]


def answer_sentence(doubt: Doubt, answer: Answered) -> str:
    """What the CPAM said of it, when and how: printed where the doubt was."""
    said = (
        f"{doubt.label}. Réponse de la CPAM du {short_date(answer.answered_on)} ({answer.source})\u00a0: {answer.text}"
    )
    return said if answer.settles else f"{said} Cette réponse ne tranche pas encore."
