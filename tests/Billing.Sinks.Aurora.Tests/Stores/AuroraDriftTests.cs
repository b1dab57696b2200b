namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraDriftTests : DriftSuite<AuroraStore>;
