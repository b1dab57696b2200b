namespace Billing.Sinks.Sql.Schema;

/// <summary>The kinds of columns.</summary>
internal enum SqlType
{
    /// <summary>Bytes of one length.</summary>
    Binary,

    /// <summary>Text that is found and ordered by its bytes, up to a length.</summary>
    Identifier,

    /// <summary>Any Unicode text.</summary>
    Text,

    /// <summary>ASCII text of a few characters.</summary>
    Code,

    /// <summary>An amount: every <see cref="decimal"/>, with at most 29 digits before and 28 after the point.</summary>
    Amount,

    /// <summary>An amount whose trailing zeros do not matter.</summary>
    Value,

    /// <summary>The number of decimals of an amount, so that 12.50 does not come back as 12.5.</summary>
    Scale,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A date.</summary>
    Date,

    /// <summary>Bytes of any length.</summary>
    Bytes,
}
