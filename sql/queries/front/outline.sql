-- title: The outline of a statement
-- question: Of what kind is a statement that the engine does not write as a tree? Its one statement is written first, by `front/plain`.
-- The statement follows.
EXPLAIN AST
