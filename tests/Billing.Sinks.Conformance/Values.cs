namespace Billing.Sinks.Conformance;

/// <summary>Values that stores are known to get wrong.</summary>
public static class Values
{
    public static TheoryData<string> Amounts =>
    [
        "0", "0.00", "-0.01", "12.50", "12.5", "99999999999.99", "79228162514264337593543950335", "-79228162514264337593543950335",
        "7.9228162514264337593543950335", "0.0000000000000000000000000001", "-0.0000000000000000000000000000", "20.52022672899", "1000000000000000000000000000.0",
    ];

    public static TheoryData<string> Texts =>
    [
        "", " ", "\0", "a\0b", "\0\0end", "Zoë Müller", "Zoe\u0308", "日本語", "😀👩‍👩‍👧", "\U0010FFFF", "שלום", "\u202Eabc", "\uFEFF", "\uFFFD", "'; DROP TABLE records; --",
        "100%_[x]", "\"quoted\"", "back\\slash", "line\r\nbreak\ttab", "ıİIi", "0012.50", "1e5", "NULL",
    ];
}
