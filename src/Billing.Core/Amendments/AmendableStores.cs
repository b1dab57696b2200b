namespace Billing.Amendments;

/// <summary>Asks of a store that its records can be amended.</summary>
internal static class AmendableStores
{
    /// <param name="store">The store.</param>
    /// <param name="what">What cannot be done otherwise, such as: Records cannot be removed.</param>
    /// <exception cref="BillingConfigurationException">The store is not an <see cref="IAmendableStore"/>.</exception>
    public static IAmendableStore Demand(IBillingStore store, string what)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store as IAmendableStore ?? throw new BillingConfigurationException($"{what}: {store.GetType().Name} is not an {nameof(IAmendableStore)}. Use a store that is one, or implement it.");
    }
}
