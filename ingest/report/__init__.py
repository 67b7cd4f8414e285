"""Write evidence packs: a folder that answers one framework for one period, complete, and verifiable without this program.

`order` is what was asked, `store` and `gather` ask the store and write data, `page` and `document` show it to people, `manifest` names
every file with its hash, `pack` puts all together or leaves nothing, `verification` checks a pack on any machine.
"""
