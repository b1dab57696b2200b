namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraUndoTests : UndoSuite<AuroraStore>;
