namespace Billing.Sinks.Aurora.Tests.Stores;

/// <summary>The same, to which every batch goes by file.</summary>
public sealed class AuroraInfileStore : AuroraStore
{
    protected override bool UseLocalInfile => true;
}
