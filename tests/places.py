"""Small folders of ours, for tests of the store."""

from wargame.store.folder import claim


def save(folder, kind="sweep", replace=False, **files):
    """Write a folder of texts: name -> text, "__" for a slash."""
    with claim(folder, kind, replace=replace) as place:
        place.save({name.replace("__", "/"): text for name, text in files.items()}, {})
    return folder
