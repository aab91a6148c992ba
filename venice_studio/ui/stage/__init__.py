"""The stage: what is looked at, the clip being played or what is known of one that is not there yet."""
