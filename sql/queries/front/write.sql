-- title: A tree as a statement
-- question: How does the engine write this tree?
-- param tree: the tree, as `front/parse` gives it
SELECT formatQueryFromJSON({tree:String}) AS statement
