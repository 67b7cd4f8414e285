"""A simulated OpenShift cluster: four audit logs a master, the router's log, Keycloak's log, and the truth about who logged in how.

The truth is written from the story, never from the events.
"""
