namespace Billing.Categories;

/// <summary>Amounts between two bounds, each of them optional.</summary>
internal readonly record struct AmountRange(decimal? Lower, bool LowerIncluded, decimal? Upper, bool UpperIncluded)
{
    /// <summary>Whether no amount is between the bounds.</summary>
    public bool IsEmpty => Lower > Upper || (Lower == Upper && Lower is not null && !(LowerIncluded && UpperIncluded));

    public bool Contains(decimal amount) =>
        (Lower is not { } lower || amount > lower || (LowerIncluded && amount == lower))
        && (Upper is not { } upper || amount < upper || (UpperIncluded && amount == upper));
}
