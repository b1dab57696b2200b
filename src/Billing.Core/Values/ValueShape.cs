namespace Billing.Values;

/// <summary>What a value looks like, whatever its column is.</summary>
internal enum ValueShape
{
    Blank,
    Date,
    Number,
    Text,
}
