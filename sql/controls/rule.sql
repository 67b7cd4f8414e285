-- title: Rule of an evidence
-- question: What does an evidence mean to the verdict besides its rows?
-- param key: key of the evidence
-- param none: status where there is no row of evidence
-- param none_words: the same in words
-- param platforms: platforms that can evidence it, with commas between them; empty for all
-- param elsewhere: why the others cannot
-- param requirements: requirements that this evidence serves: position, number, title, and the key of the evidence
SELECT
    {key:String} AS evidence,
    {none:String} AS none,
    {none_words:String} AS none_words,
    {platforms:String} AS platforms,
    {elsewhere:String} AS elsewhere,
    {requirements:Array(Tuple(UInt16, String, String, String))} AS requirements
