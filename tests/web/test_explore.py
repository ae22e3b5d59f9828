"""The selection in a real browser: filters, the timeline, the map, the address and the way back."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.web.browser import PHONE, has_map, opened


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def total(page: Page) -> str:
    return page.locator("h1").inner_text()


def test_a_facet_narrows_the_page_without_reloading(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        page.evaluate("window.kept = true")
        before = total(page)
        page.get_by_role("checkbox", name=re.compile("^PROTEST")).check()
        page.wait_for_url("**type=PROTEST**")
        expect(page.locator("h1")).not_to_have_text(before)
        assert page.evaluate("window.kept")
        expect(page.get_by_role("link", name="Remove: type PROTEST")).to_be_visible()


def test_without_script_the_same_form_works(chromium: Browser, address: str) -> None:
    with opened(chromium, address, script=False) as page:
        page.get_by_role("checkbox", name=re.compile("^PROTEST")).check()
        page.get_by_role("button", name="Show", exact=True).click()
        page.wait_for_url("**type=PROTEST**")
        assert query(page) == {"type": ["PROTEST"]}
        page.locator(".timeline a").first.click()
        page.wait_for_url("**first=**")
        assert {"first", "last"} <= query(page).keys()


def test_back_and_forth_through_selections(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        before = total(page)
        page.get_by_role("checkbox", name=re.compile("^PROTEST")).check()
        page.wait_for_url("**type=PROTEST**")
        expect(page.locator("h1")).not_to_have_text(before)
        after = total(page)
        page.go_back()
        expect(page.locator("h1")).to_have_text(before)
        expect(page.get_by_role("checkbox", name=re.compile("^PROTEST"))).not_to_be_checked()
        page.go_forward()
        expect(page.locator("h1")).to_have_text(after)


def test_forth_before_back_is_done_stays(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        page.get_by_role("checkbox", name=re.compile("^PROTEST")).check()
        expect(page.get_by_role("link", name="Remove: type PROTEST")).to_be_visible()
        coming: list[Route] = []

        def hold(route: Route) -> None:
            coming.append(route)

        page.route(f"{address}/", hold)
        with page.expect_request(f"{address}/"):
            page.go_back()
        page.go_forward()
        with page.expect_response(f"{address}/"):
            coming[0].continue_()
        expect(page.locator("[data-turn]")).not_to_have_attribute("aria-busy", "true")
        expect(page.get_by_role("link", name="Remove: type PROTEST")).to_be_visible()


def test_a_phone_gets_to_the_filters(chromium: Browser, address: str) -> None:
    with opened(chromium, address, width=PHONE) as page:
        page.evaluate("window.kept = true")
        page.get_by_role("link", name="Filters", exact=True).click()
        expect(page.get_by_label("Words in the report")).to_be_in_viewport()
        assert page.url.endswith("/#filters")
        assert page.evaluate("window.kept")


def test_dragging_over_the_timeline_chooses_a_time(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        has_map(page)
        box = page.locator(".timeline").bounding_box()
        assert box is not None
        y = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + box["width"] * 0.5, y)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.9, y, steps=5)
        expect(page.locator(".timeline .band")).to_be_visible()
        page.mouse.move(box["x"] + box["width"] - 2, y, steps=5)
        page.mouse.up()
        page.wait_for_url("**first=**")
        assert {"first", "last"} <= query(page).keys()


def test_the_map_is_drawn_and_its_box_is_a_filter(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        has_map(page)
        expect(page.locator("#map canvas")).to_be_visible()
        page.get_by_role("button", name="Only what the map shows").click()
        page.wait_for_url("**box=**")
        assert len(query(page)["box"][0].split(",")) == 4


def test_a_link_opens_the_same_view(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}/?type=PROTEST&first=2006-03&hurt=no&text=union") as page:
        expect(page.get_by_role("checkbox", name=re.compile("^PROTEST"))).to_be_checked()
        expect(page.get_by_label("Words in the report")).to_have_value("union")
        expect(page.get_by_label("from")).to_have_value("2006-03")
        assert page.locator(".chips li").count() == 4


def test_names_are_offered(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        page.get_by_label("Who, on either side").fill("guard")  # at once: names are offered for parts of it, too
        expect(page.locator("#actors option").first).to_be_attached()
        offered = page.locator("#actors option").evaluate_all("all => all.map((one) => one.value)")
        assert all("guard" in name.lower() for name in offered)


def test_all_values_of_a_facet_unfold_and_stay(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        more = page.get_by_role("link", name="What: ")
        facet = page.get_by_role("group", name="What")
        before = facet.get_by_role("checkbox").count()
        more.click()
        expect(more).to_have_count(0)
        after = facet.get_by_role("checkbox").count()
        assert after > before
        facet.get_by_role("checkbox").last.click()  # and not looked at again: another may soon be the last
        page.wait_for_url("**type=**")
        expect(page.locator(".chips li")).to_have_count(1)
        assert facet.get_by_role("checkbox").count() == after


def test_without_script_all_values_of_a_facet_are_a_page(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}/?status=actual", script=False) as page:
        page.get_by_role("link", name="What: ").click()
        page.wait_for_url("**/values/type**")
        page.get_by_role("checkbox").last.check()
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**type=**")
        assert query(page).keys() == {"status", "type"}


def test_what_is_not_known_is_chosen(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        page.get_by_role("group", name="In which way").get_by_role("checkbox", name="not known").check()
        expect(page.get_by_role("link", name="Remove: mode not known")).to_be_visible()
        page.get_by_role("link", name="Remove: mode not known").click()
        expect(page.locator(".chips")).to_have_count(0)


def test_a_turn_before_the_map_is_there_leaves_one_map(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}/incidents") as page:
        page.goto(address, wait_until="domcontentloaded")
        page.get_by_role("checkbox", name=re.compile("^PROTEST")).check()
        expect(page.get_by_role("link", name="Remove: type PROTEST")).to_be_visible()
        has_map(page)
        expect(page.locator("#map canvas")).to_have_count(1)


def test_words_that_are_typed_while_a_page_comes_stay(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        coming: list[Route] = []

        def hold(route: Route) -> None:
            coming.append(route)

        page.route("**/?type=PROTEST", hold)
        words = page.get_by_label("Words in the report")
        with page.expect_request("**/?type=PROTEST"):
            page.get_by_role("checkbox", name=re.compile("^PROTEST")).check()
        words.press_sequentially("unio")
        coming[0].continue_()
        expect(page.get_by_role("link", name="Remove: type PROTEST")).to_be_visible()
        expect(words).to_be_focused()
        expect(words).to_have_value("unio")


def test_nothing_found_is_told_with_a_way_out(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}/?text=neverwritten") as page:
        expect(page.get_by_role("status")).to_have_text("Nothing in this archive meets all of these filters.")
        page.get_by_role("link", name="Show all events").click()
        expect(page.get_by_role("status")).to_contain_text("told as having happened")


def test_a_server_that_is_gone_is_told(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('gone')); }")
        page.get_by_role("checkbox", name=re.compile("^PROTEST")).check()
        expect(page.get_by_role("status")).to_contain_text("The server does not answer.")


@pytest.mark.parametrize("path", ["/", "/incidents", "/documents/1", "/actors", "/outlet?name=Red%20Furrow"])
def test_the_keyboard_gets_in_and_through(chromium: Browser, address: str, path: str) -> None:
    with opened(chromium, address + path) as page:
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Skip to the content")
        expect(page.locator(":focus")).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()
        visited = [step(page) for _ in range(25)]
        assert all(outlined for _, outlined in visited)
        assert len({where for where, _ in visited}) > 5


def step(page: Page) -> tuple[str, bool]:
    """Press Tab; return where the focus is, and whether that can be seen."""
    page.keyboard.press("Tab")
    where, outlined = page.evaluate(
        """() => {
          const one = document.activeElement;
          if (one === document.body) return ["body", true];
          const box = one.getBoundingClientRect(), style = getComputedStyle(one);
          const seen = style.outlineStyle !== "none" && style.outlineWidth !== "0px";
          return [`${one.outerHTML.slice(0, 80)} ${box.x} ${box.y}`, seen];
        }"""
    )
    return str(where), bool(outlined)


@pytest.mark.parametrize("path", ["/", "/documents/1", "/incidents"])
def test_paper_has_no_navigation(chromium: Browser, address: str, path: str) -> None:
    with opened(chromium, address + path) as page:
        page.emulate_media(media="print")
        for hidden in page.locator("nav, form, .skip").all():
            expect(hidden).to_be_hidden()
        expect(page.locator("h1")).to_be_visible()
