namespace Billing.Sinks.Sql.Schema;

/// <summary>The types of columns.</summary>
internal enum SqlType
{
    /// <summary>Bytes of a fixed length.</summary>
    Binary,

    /// <summary>Text that is found and ordered by its bytes, up to a maximum length.</summary>
    Identifier,

    /// <summary>Any Unicode text.</summary>
    Text,

    /// <summary>Short ASCII text.</summary>
    Code,

    /// <summary>An amount: any <see cref="decimal"/>, with at most 29 digits before and 28 after the point.</summary>
    Amount,

    /// <summary>An amount whose trailing zeros have no meaning.</summary>
    Value,

    /// <summary>The number of decimals of an amount, so that 12.50 does not come back as 12.5.</summary>
    Scale,

    /// <summary>An integer.</summary>
    Number,

    /// <summary>A date.</summary>
    Date,

    /// <summary>Bytes of any length.</summary>
    Bytes,
}
