-- title: Check of a regular expression
-- question: Can the engine compile this pattern?
-- param pattern: regular expression
SELECT match('', {pattern:String})
