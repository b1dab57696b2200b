namespace Billing.Runs;

/// <summary>Whether a delivery is older than one that is there.</summary>
internal static class DeliveryOrder
{
    /// <summary>Returns why a delivery is stale, or null.</summary>
    /// <exception cref="DeliveryRefusedException">It is not clear which of two deliveries is the later one.</exception>
    public static async ValueTask<string?> RefusalAsync(IBillingStore store, IngestReport run, string? sha256, CancellationToken cancellationToken)
    {
        Delivery delivery = run.Delivery!;
        await foreach (IngestReport other in store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (other.RunId == run.RunId || other.Status != RunStatus.Completed || other.RevertedBy is not null || other.Delivery is not { } there || !there.Overlaps(delivery))
            {
                continue;
            }

            string earlier = $"run {other.RunId} of {other.Source} ({there})";
            switch (delivery.CompareVersion(there))
            {
                case null:
                    return $"{run.Source} ({delivery}) cannot be put in order with {earlier}: state the version of each delivery, all as numbers or all as dates, or of none.";
                case < 0:
                    return $"{run.Source} ({delivery}) is older than {earlier}, which is there already. Nothing of it is stored.";
                case 0 when delivery.Version is not null && sha256 != other.Sha256:
                    return $"{run.Source} ({delivery}) has the version of {earlier}, but other content. Nothing of it is stored. Ask the sender which one holds.";
            }
        }

        return null;
    }
}
