-- title: Functions that a reader may call
-- question: Which functions of this engine compute from their arguments alone, or read nothing but this database?
-- Whole categories are named where nothing in them reaches outside; of the mixed ones, each function. What a newer engine adds is refused until
-- it is named here.
WITH
    [
        'Aggregate Functions', 'Arithmetic', 'Arrays', 'Bit', 'Bitmap', 'Comparison', 'Conditional', 'Dates and Times', 'Dictionary',
        'Distance', 'Encoding', 'Financial', 'Geo', 'Geo Polygon', 'Hash', 'IP Address', 'JSON', 'Logical', 'Map', 'Mathematical', 'Null',
        'NumericIndexedVector', 'Random Number', 'Rounding', 'String', 'String Replacement', 'String Search', 'String Splitting',
        'Time Series', 'Time Window', 'Tuple', 'Type Conversion', 'URL', 'UUID'
    ] AS safe_categories,
    [
        'MACNumToString', 'MACStringToNum', 'MACStringToOUI', 'bar', 'blockNumber', 'blockSize', 'byteSize', 'countDigits', 'currentDatabase',
        'currentProfiles', 'currentRoles', 'currentSchemas', 'currentUser', 'defaultRoles', 'defaultValueOfArgumentType', 'defaultValueOfTypeName',
        'digits', 'displayName', 'dumpColumnStructure', 'enabledRoles', 'errorCodeToName', 'finalizeAggregation', 'formatQuery',
        'formatQueryOrNull', 'formatQuerySingleLine', 'formatQuerySingleLineOrNull', 'formatReadableDecimalSize', 'formatReadableQuantity',
        'formatReadableSize', 'formatReadableTimeDelta', 'getSetting', 'getSettingOrDefault', 'getSizeOfEnumType', 'getSubcolumn',
        'globalVariable', 'grouping', 'highlightQuery', 'identity', 'ignore', 'indexHint', 'initializeAggregation', 'isConstant',
        'isDecimalOverflow', 'lowCardinalityIndices', 'lowCardinalityKeys', 'materialize', 'minSampleSizeContinuous', 'minSampleSizeConversion',
        'neighbor', 'normalizeQuery', 'normalizeQueryKeepNames', 'normalizedQueryHash', 'normalizedQueryHashKeepNames', 'parseQueryToJSON',
        'parseReadableSize', 'parseReadableSizeOrNull', 'parseReadableSizeOrZero', 'parseTimeDelta', 'queryID', 'revision',
        'rowNumberInAllBlocks', 'rowNumberInBlock', 'runningAccumulate', 'runningConcurrency', 'runningDifference',
        'runningDifferenceStartingWithFirstValue', 'throwIf', 'toColumnTypeName', 'toTypeName', 'tokenizeQuery', 'transform', 'uptime',
        'variantElement', 'variantType', 'version', 'visibleWidth',
        -- Without a category: parts of the language, and window functions.
        'arrayElement', 'caseWithExpression', 'caseWithoutExpression', 'caseWithExpr', 'caseWithoutExpr', 'nested', 'untuple', 'lambda',
        'row_number', 'rank', 'dense_rank', 'percent_rank', 'cume_dist', 'ntile', 'nth_value', 'lag', 'lead', 'lagInFrame', 'leadInFrame',
        'substr', 'ucase', 'lcase', 'mid', 'ltrim', 'rtrim', 'trim', 'lpad', 'rpad', 'replace', 'truncate', 'ceiling', 'power', 'mod', 'ln',
        'instr', 'levenshteinDistance', 'hasAnyToken', 'hasAllToken', 'matchPhrase', 'mapContains', 'mapFromString', 'flatten', 'unnest',
        'extractAllGroups', 'splitByAlpha', 'isASCII', 'removeAccentsUTF8', 'timeZone', 'timeZoneOf', 'timeZoneOffset', 'toTimeZone',
        'serverTimeZone', 'toStartOfFiveMinute', 'week', 'yearweek', 'curdate', 'current_date', 'current_timestamp', 'current_database',
        'jsonMergePatch', 'modOrNull', 'moduloOrNull', 'minSampleSizeContinous', 'array_to_string', 'array_remove', 'arrayAUC', 'arrayPRAUC',
        'user', 'current_user', 'session_user', 'SCHEMA', 'DATABASE', 'visitParamExtractBool', 'visitParamExtractFloat',
        'visitParamExtractInt', 'visitParamExtractRaw', 'visitParamExtractString', 'visitParamExtractUInt', 'visitParamHas'
    ] AS safe_functions,
    -- In a safe category, and yet not: they wait, read what is not this database, or write a value as wide as they are told (printf).
    ['joinGet', 'joinGetOrNull', 'generateSerialID', 'fuzzBits', 'printf'] AS unsafe_functions
SELECT
    name,
    is_aggregate = 1 AS is_aggregate,
    case_insensitive = 1 AS is_case_insensitive,
    origin = 'SQLUserDefined'
    OR (origin = 'System' AND own_name NOT IN (unsafe_functions) AND (known_category IN (safe_categories) OR is_aggregate OR own_name IN (safe_functions))) AS is_allowed
FROM
(
    SELECT
        listed.name AS name,
        if(listed.alias_to = '', listed.name, listed.alias_to) AS own_name,
        listed.is_aggregate AS is_aggregate,
        listed.case_insensitive AS case_insensitive,
        listed.origin AS origin,
        if(target.name = '', toString(listed.categories), toString(target.categories)) AS known_category
    FROM system.functions AS listed
    LEFT JOIN system.functions AS target ON target.name = listed.alias_to
)
ORDER BY name
