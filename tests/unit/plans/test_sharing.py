"""Each body of today gets one part, whatever became of the bodies that the document names."""

from hypothesis import given
from hypothesis import strategies as st

from coso.plans.rules import Named, State, rolled_up, shares

NAMED = st.lists(
    st.builds(
        Named,
        body=st.integers(1, 6),
        name=st.sampled_from(["Sở A", "Sở B", "UBND huyện C"]),
        role=st.sampled_from(["lead", "coordinating", "implementing"]),
        heirs=st.lists(st.integers(1, 6), max_size=3, unique=True).map(tuple),
        text=st.sampled_from(["", "hướng dẫn", "kiểm tra"]),
    ),
    max_size=8,
)


def test_a_body_that_still_stands_is_named_itself():
    (share,) = shares([Named(1, "Sở Tài chính", "lead", (1,), "bố trí")])

    assert (share.body, share.role, share.text, share.written) == (1, "lead", "bố trí", "")


def test_two_bodies_that_became_one_make_one_part_with_the_greater_role_and_both_texts():
    named = [
        Named(1, "Sở Thông tin và Truyền thông", "coordinating", (3,), "tuyên truyền"),
        Named(2, "Sở Khoa học và Công nghệ", "lead", (3,), "chủ trì"),
    ]

    (share,) = shares(named)

    assert (share.body, share.role, share.text) == (3, "lead", "chủ trì\ntuyên truyền")
    assert share.written == "Sở Khoa học và Công nghệ; Sở Thông tin và Truyền thông"


def test_a_body_that_many_followed_gives_each_of_them_a_part():
    found = shares([Named(1, "UBND huyện Hương Sơn", "coordinating", (7, 8), "")])

    assert [(share.body, share.written) for share in found] == [
        (7, "UBND huyện Hương Sơn"),
        (8, "UBND huyện Hương Sơn"),
    ]


def test_a_body_that_nothing_followed_has_no_part():
    assert shares([Named(1, "Sở Không Còn", "lead", (), "")]) == []


@given(NAMED)
def test_nobody_is_left_out_and_nobody_has_two_parts(named):
    found = shares(named)

    assert sorted(share.body for share in found) == sorted({heir for unit in named for heir in unit.heirs})


@given(st.lists(st.sampled_from(list(State)), max_size=6))
def test_a_whole_is_done_only_with_all_its_parts_and_open_only_while_none_is_begun(states):
    state = rolled_up(states)

    assert (state is State.DONE) == (bool(states) and all(one is State.DONE for one in states))
    assert (state is State.OPEN) == all(one is State.OPEN for one in states)
