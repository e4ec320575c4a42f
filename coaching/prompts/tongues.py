"""Alarm words and claims in the languages beside English that people write to their coach in.

The rules are those of safety.py: what is urgent, what is pain, what is told of as absent, and what the coach may not
say it did. Soreness after training (Muskelkater, agujetas, courbatures) is no alarm.
"""

# ruff: noqa: E501 - tables of words are read by the line

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    urgent: re.Pattern[str]
    pain: re.Pattern[str]
    absent: re.Pattern[str]
    claim: re.Pattern[str]
    stop_urgent: str
    stop_pain: str


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


GERMAN = Tongue(
    urgent=_words(
        r"\bbrust(?:schmerz\w*|enge)\b | \b(?:schmerz\w*|druck|stechen|enge)\ (?:in|auf|an)\ (?:der|meiner)\ brust\b"
        r"| \bschwindel(?:ig|t)?\b | \bschwindlig\b | \bmir\ (?:ist|wird|wurde)\ schwarz\b | \bohnm(?:ä|ae)chtig\b"
        r"| \bumgekippt\b | \batemnot\b | \bkeine\ luft\b | \bherz(?:rasen|stolpern|schmerz\w*)\b | \btaub(?:heit\w*)?\b"
        r"| \bkribbelt\ im\ (?:linken\ )?arm\b"
    ),
    pain=_words(
        r"\bschmerz(?:en|t|te|haft\w*)?\b | \b(?:tut|tun|tat|taten)\ (?:\w+\ ){0,3}weh\b | \bverletzt\b | \bverletzung\b"
        r"| \bgezerrt\b | \bgerissen\b | \bgeschwollen\b | \bschwellung\b"
    ),
    absent=_words(
        r"\b(?:keine?n?|ohne|nicht|null)\ (?:\w+\ )?(?:schmerz\w*|brustschmerz\w*|schwindel\w*|verletzung\w*)\b"
        r"| \bschmerzfrei\w*\b | \b(?:tut|tun)\ (?:\w+\ ){0,3}nicht\ (?:mehr\ )?weh\b | \bnicht\ schwindlig\b"
    ),
    claim=_words(
        r"\bich\ (?:habe?|hab)\b[^.!?]{0,80}\b(?:geändert|verändert|verschoben|(?:ge|aus|ein)tauscht|ausgetauscht|ersetzt"
        r"|angepasst|gestrichen|gekürzt|eingetragen|gespeichert|gelöscht|reduziert|hinzugefügt|verringert|erhöht|verlegt)\b"
        r"| \b(?:dein|deine|der|die|das)\ (?:plan|programm|einheit|training|woche|satz|sätze)\b[^.!?]{0,40}"
        r"\b(?:wurde|wurden|ist\ (?:jetzt|nun)|sind\ (?:jetzt|nun))\b[^.!?]{0,40}\b(?:geändert|verschoben|getauscht|ersetzt"
        r"|angepasst|gestrichen|gekürzt|gelöscht|reduziert)\b | ^(?:erledigt|fertig)[.!:,]"
    ),
    stop_urgent=(
        "Bitte hör jetzt auf zu trainieren. Was du beschreibst, braucht einen Menschen und keine App: Setz oder leg dich "
        "hin, trainiere nicht weiter, und wenn es nicht sofort vergeht oder Brustschmerz, Atemnot, Taubheit oder "
        "Ohnmacht dazukommen, ruf den Notruf. Lass es ärztlich ansehen, bevor du wieder trainierst."
    ),
    stop_pain=(
        "Bitte brich diese Übung ab. Schmerz ist ein Grund aufzuhören, und ich kann ihn von hier aus nicht beurteilen. "
        "Lass weg, was weh tut, und lass es ärztlich oder physiotherapeutisch ansehen, wenn es sticht, schwillt oder in "
        "ein paar Tagen noch da ist. Trägst du die Stelle unter Einstellungen, Verletzungen ein, schont der Plan sie."
    ),
)
SPANISH = Tongue(
    urgent=_words(
        r"\b(?:dolor(?:es)?|presión|opresión|pinchazos?)\ en\ (?:el|mi)\ pecho\b | \bme\ duele\ el\ pecho\b | \bmare(?:o|os|ado|ada)\b"
        r"| \bdesmay\w+ | \bfalta\ de\ aire\b | \bno\ puedo\ respirar\b | \bpalpitaciones\b | \bentumecid[oa]s?\b"
        r"| \bse\ me\ (?:duerme|durmió)\ el\ brazo\b"
    ),
    pain=_words(
        r"\bme\ (?:duele|duelen|dolía|dolió)\b | \bdolor(?:es)?\b | \blesi(?:ón|onado|onada|oné)\b | \bhinchad[oa]\b"
        r"| \bdesgarr\w+"
    ),
    absent=_words(
        r"\b(?:sin|ningún|nada\ de|no\ (?:tengo|hay|siento))\ (?:dolor(?:es)?|mareos?|lesi\w+)\b"
        r"| \bno\ me\ (?:duele|duelen)\b"
    ),
    claim=_words(
        r"\b(?:ya\ )?he\ (?:cambiado|movido|sustituido|reemplazado|ajustado|reducido|eliminado|borrado|añadido|guardado"
        r"|registrado|acortado|aplazado|programado|modificado)\b"
        r"| \b(?:tu|el|la)\ (?:plan|programa|sesión|semana|entrenamiento)\b[^.!?]{0,30}\bha\ sido\b | ^(?:hecho|listo)[.!:,]"
    ),
    stop_urgent=(
        "Deja de entrenar ahora, por favor. Lo que describes necesita a una persona, no una aplicación: siéntate o "
        "túmbate, no sigas entrenando y, si no pasa enseguida o se suma dolor en el pecho, falta de aire, "
        "entumecimiento o desmayo, llama a emergencias. Que lo vea un médico antes de volver a entrenar."
    ),
    stop_pain=(
        "Deja ese ejercicio, por favor. El dolor es motivo para parar y desde aquí no puedo valorarlo. Evita lo que "
        "duela y que lo vea un médico o fisioterapeuta si es agudo, se hincha o sigue ahí en unos días. Si apuntas la "
        "zona en Ajustes, Lesiones, el plan la cuidará."
    ),
)
FRENCH = Tongue(
    urgent=_words(
        r"\b(?:douleurs?|pression|oppression)\ (?:à|dans|sur)\ (?:la|ma)\ poitrine\b | \bmal\ à\ la\ poitrine\b | \bvertiges?\b"
        r"| \bétourdi(?:e|ssements?)?\b | \bévanoui\w* | \bmalaise\b | \b(?:du\ mal\ à|peux\ (?:pas|plus))\ respirer\b"
        r"| \bpalpitations\b | \bengourdi(?:e|s|ssement)?\b"
    ),
    pain=_words(
        r"\bdouleurs?\b | \bdouloureu(?:x|se)\b | \bj'ai\ (?:très\ |trop\ )?mal\ (?:au|aux|à|dans)\b"
        r"| \b(?:ça|cela|me)\ fait\ (?:très\ |trop\ )?mal\b | \bbless(?:é|ée|ure)\b | \bgonflée?s?\b | \bdéchir\w+"
    ),
    absent=_words(
        r"\b(?:sans|aucune?|pas\ de|plus\ de|zéro)\ (?:\w+\ )?(?:douleurs?|vertiges?|blessures?)\b"
        r"| \bn'ai\ (?:pas|plus)\ mal\b | \bfait\ (?:pas|plus)\ mal\b"
    ),
    claim=_words(
        r"\bj'ai\ (?:déjà\ |bien\ )?(?:changé|déplacé|remplacé|modifié|supprimé|ajouté|réduit|enregistré|raccourci|ajusté"
        r"|adapté|reporté|échangé)\b"
        r"| \b(?:ton|votre|le|la|ta)\ (?:plan|programme|séance|semaine|entraînement)\b[^.!?]{0,30}\b(?:a\ été|est\ maintenant)\b"
        r"| ^c'est\ fait\ ?[.!:,]"
    ),
    stop_urgent=(
        "Arrête de t'entraîner maintenant, s'il te plaît. Ce que tu décris demande une personne, pas une application : "
        "assieds-toi ou allonge-toi, ne continue pas et, si cela ne passe pas aussitôt ou s'accompagne de douleur à la "
        "poitrine, de difficulté à respirer, d'engourdissement ou d'un malaise, appelle les secours. Vois un médecin "
        "avant de reprendre."
    ),
    stop_pain=(
        "Arrête cet exercice, s'il te plaît. La douleur est une raison d'arrêter et je ne peux pas la juger d'ici. Évite "
        "ce qui fait mal et consulte un médecin ou un kinésithérapeute si c'est vif, si ça gonfle ou si c'est encore là "
        "dans quelques jours. Note l'endroit dans Réglages, Blessures, et le plan l'épargnera."
    ),
)
TONGUES = (GERMAN, SPANISH, FRENCH)
