using System.Text.Json.Serialization;

namespace Billing;

/// <summary>The format of numbers. It is strict: what does not fit is quarantined, never guessed.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public sealed record NumberFormat
{
    /// <summary>Point as decimal mark, no grouping: 1234.56, -5, 1.81E-8.</summary>
    public static NumberFormat Invariant { get; } = new();

    /// <summary>The decimal mark, <c>.</c> or <c>,</c>. Default <c>.</c>.</summary>
    public char DecimalMark { get; init; } = '.';

    /// <summary>The characters that may separate groups of three digits; empty for none. A space also stands for no-break and thin spaces. Default none.</summary>
    public string GroupSeparators { get; init; } = "";

    /// <summary>Whether groups are Indian: the last has three digits, those before it two (1,23,456.00). Default false.</summary>
    public bool IndianGroups { get; init; }

    /// <summary>Whether (5.00) means -5.00. Default false.</summary>
    public bool AllowParentheses { get; init; }

    /// <summary>Whether 5- means -5. Default false.</summary>
    public bool AllowTrailingMinus { get; init; }

    /// <summary>Whether 1.81E-8 is a number. Default true.</summary>
    public bool AllowExponent { get; init; } = true;

    /// <summary>Whether a currency sign or an ISO 4217 code may stand before or after the number. It does not decide the currency; if it contradicts the currency, the row is quarantined. Default false.</summary>
    public bool AllowCurrencySign { get; init; }

    /// <summary>Whether DR or CR (also D, C, DB, S, H, K), before or after the number, gives the sign: a debit is negative. Default false.</summary>
    public bool AllowDebitCredit { get; init; }
}
