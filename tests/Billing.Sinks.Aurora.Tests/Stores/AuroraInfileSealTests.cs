namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraInfileSealTests : SealSuite<AuroraInfileStore>;
