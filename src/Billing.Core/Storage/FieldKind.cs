namespace Billing.Storage;

/// <summary>The kinds of values that a field of a record has. Each takes as many columns as its value has parts.</summary>
internal enum FieldKind
{
    /// <summary>The record key.</summary>
    Key,

    /// <summary>A SHA-256.</summary>
    Fingerprint,

    /// <summary>An integer.</summary>
    Number,

    /// <summary>Any text, or none.</summary>
    Text,

    /// <summary>A text that records are found by.</summary>
    Identifier,

    /// <summary>A date.</summary>
    Date,

    /// <summary>An instant with its offset, or none.</summary>
    Instant,

    /// <summary>An amount and its currency.</summary>
    Money,

    /// <summary>The value of a rate, its date and its source, or none of them: its currencies are those of the amounts.</summary>
    Rate,

    /// <summary>Texts, mostly none.</summary>
    Texts,

    /// <summary>The further columns of the source.</summary>
    Attributes,

    /// <summary>The name of the source, line and byte offset.</summary>
    Source,
}
