from byline.report.records import Briefing
def markdown(briefing: Briefing) -> bytes:
    return b""
