"""Jobs of the post room; each is one line that calls a verb."""

from procrastinate.contrib.django import app

from schoolgate.delivery.actions.sorting import sort


@app.task(name="delivery.sort_post")
def sort_post(school_id: int) -> None:
    """Hand over what is due at one school."""
    sort(school_id=school_id)
