"""Jobs of the post room; each is one line that calls a verb."""

from procrastinate.contrib.django import app

from schoolgate.delivery.actions.sorting import sort


@app.task(name="delivery.sort_post", queue="email")
def sort_post(school_id: int, channel: str = "email") -> None:
    """Hand over what is due at one school by one channel."""
    sort(school_id=school_id, channel=channel)
