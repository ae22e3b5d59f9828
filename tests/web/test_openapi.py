"""The description of what programs can ask for, and a server that is asked at random along it."""

import os
from pathlib import Path

import jsonschema
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from starlette.routing import Route

from byline.run.accounts import account
from byline.run.corrections import correct
from byline.web.app import Work, app_of
from byline.web.openapi import QUERIES, description
from tests.web.server import Client

EXAMPLES = int(os.environ.get("BYLINE_FUZZ", "4"))  # for each operation
PATHS = ["/actors", "/outlets", "/incidents", "/map.json", "/events.json"]
ODD = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    ["\0", "'", '"', '"a', "-1", "0", "9" * 30, "1e9", "nan", "inf", "%", "_", "(", "NEAR(", "a*", "*", "^a", "a:b",
     "../..", "2008-02-30", "0000", "9999-12-31", "1,2,3,4", "nan,nan,nan,nan", "180,-90,-180,90", "\u202e", "x" * 1001]
)  # fmt: skip


def routes(archive: Path) -> list[Route]:
    app = app_of(archive, Work(account, correct), password="p" * 20, hosts=["localhost"])
    return [route for route in app.routes if isinstance(route, Route)]


def test_every_route_is_described(archive: Path) -> None:
    found = description(routes(archive))["paths"]
    for route in routes(archive):
        path = route.path.replace(":path", "").replace(":int", "")
        for method in (route.methods or set()) - {"HEAD"}:
            operation = found[path][method.lower()]
            assert operation["summary"].endswith(".")
            assert {"400", "401", "404"} <= operation["responses"].keys()


def test_every_table_of_parameters_is_of_a_route(archive: Path) -> None:
    assert QUERIES.keys() <= {route.path for route in routes(archive)}


def test_errors_are_as_described(client: Client) -> None:
    shape = client.get("/openapi.json").json()["components"]["schemas"]["Error"]  # type: ignore[index]
    for path in ("/events.json?colour=red", "/documents/0.json", "/nothing.json"):
        jsonschema.validate(client.get(path, Accept="application/json").json(), shape)


def test_nothing_that_fits_the_description_breaks_the_server(address: str) -> None:
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json")
    for operation in schema.get_all_operations():
        ask(operation.ok().as_strategy())


def ask(cases: st.SearchStrategy[Case]) -> None:
    """Ask for some cases of an operation: no answer is a mistake of the server."""

    @seed(1)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def asked(case: Case) -> None:
        case.call_and_validate(checks=[not_a_server_error])

    asked()


@seed(1)
@settings(max_examples=15 * EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(path=st.sampled_from(PATHS), name=st.sampled_from(sorted({n for q in QUERIES.values() for n in q})), value=ODD)
def test_odd_values_are_told_so(address: str, path: str, name: str, value: str) -> None:
    answer = Client(address).get_with(path, {name: value})
    assert answer.status in {200, 400}
