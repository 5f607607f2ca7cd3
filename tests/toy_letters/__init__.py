"""A subject of the tests: a letter that a person has sent, as docs and CONTRIBUTING tell it.

Nothing outside this folder knows it but settings_test; it is found everywhere all the same.
"""
