"""What goes over the wire, in both dialects: pure functions between JSON values and the domain.

calls     the requests there are, by method and path
values    reading JSON values without trusting them
spelling  the words in which the two dialects differ
bodies    domain to JSON: what is sent
answers   JSON to domain: quote, ticket, look, balance
listing   JSON to domain: the models
errors    an answer that is no answer: status, headers and body to a `Problem`

JSON values are those of `values.parse`: numbers with a point are Decimal. Sources: the reference page and the live
schema. Both spellings are read everywhere; unknown fields are passed over, and junk raises `Trouble`, nothing else.
"""
