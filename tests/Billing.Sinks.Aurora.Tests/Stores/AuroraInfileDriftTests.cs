namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraInfileDriftTests : DriftSuite<AuroraInfileStore>;
