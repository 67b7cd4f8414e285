"""Prove that what is stored is what was delivered.

The ledger chains the batches of each source and holds a digest of each batch's records. `verify_store` lets the engine recompute all of it
from the stored rows. Retention that was due, legal holds and copies that replaced each other are told apart from tampering.
"""
