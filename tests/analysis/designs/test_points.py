"""Designs of points."""

from wargame.analysis.designs.points import change_points


def test_each_change_is_a_point_and_leaves_the_rest():
    base = {"a": 1.0, "b": 2.0, "c": 3.0}
    points = change_points(base, [{}, {"a": 0.0}, {"a": 9.0}, {"b": 5.0}])
    assert {path: column.tolist() for path, column in points.items()} == {
        "a": [1.0, 0.0, 9.0, 1.0],
        "b": [2.0, 2.0, 2.0, 5.0],
    }
