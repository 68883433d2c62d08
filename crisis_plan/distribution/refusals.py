"""What distribution refuses, in French."""

from __future__ import annotations

from crisis_plan.errors import RuleBroken


class NobodyToGive(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Il n’y a personne à qui envoyer cette version par courriel dans ce choix\u00a0: revenez au registre."


class NoMail(RuleBroken):
    def __str__(self) -> str:
        return "Ce service n’envoie pas de courriel\u00a0: remettez le plan en main propre, puis notez-le au registre."


class NotInForce(RuleBroken):
    def __str__(self) -> str:
        return "Une version plus récente est en vigueur\u00a0: c’est elle qui s’envoie. Revenez à la diffusion."


class DirectoryChanged(RuleBroken):
    def __str__(self) -> str:
        return "Un destinataire vient de quitter l’annuaire. Rien n’est parti\u00a0: revenez à la diffusion et recommencez."


class NobodyToRemind(RuleBroken):
    def __str__(self) -> str:
        return (
            "Il n’y a personne à relancer\u00a0: chacun a ouvert le plan, l’a reçu en main propre, ou a reçu un courriel il y "
            "a moins de 7 jours."
        )


class NoAddress(RuleBroken):
    def __str__(self) -> str:
        return "L’annuaire ne donne pas de courriel à ce destinataire\u00a0: ajoutez-en un, ou remettez le plan en main propre."


class NotARecipient(RuleBroken):
    def __str__(self) -> str:
        return (
            "L’annuaire ne range plus ce contact parmi les destinataires du plan\u00a0: son lien ne répond plus. Corrigez "
            "sa fiche, ou changez l’édition qui lui est donnée."
        )


class SameEdition(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "C’est déjà l’édition que son lien donne\u00a0: choisissez l’autre, ou revenez à sa page."


class LinkOver(RuleBroken):
    status = 410

    def __str__(self) -> str:
        return "Ce lien personnel ne sert plus. Si vous attendez le plan d’une CPTS, demandez-lui de vous l’envoyer de nouveau."
