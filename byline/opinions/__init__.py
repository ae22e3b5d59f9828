"""A second opinion: a language model is asked about sentences, and what it says is taken where the text bears it out.

`settings` says which endpoint, `prompts` what it is asked, `asking` how, and `answers` what is taken of what it says.
Nothing here is done unless a user asks for it: the words of the archive are sent to the endpoint.
"""
