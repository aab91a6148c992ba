"""The places of what goes along with a prompt: one for each role of the table of rules that the model takes."""
