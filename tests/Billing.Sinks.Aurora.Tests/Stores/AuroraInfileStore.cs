namespace Billing.Sinks.Aurora.Tests.Stores;

/// <summary>The same, to which every batch goes by <c>LOAD DATA</c>.</summary>
public sealed class AuroraInfileStore : AuroraStore
{
    protected override bool UseLocalInfile => true;
}
