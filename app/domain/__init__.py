"""The trade itself: entities, machines, rights and rules. Standard library only.

Client, backend and tests read the same tables, so a button that the server would
refuse is grey beforehand for the same reason.
"""
