using System.Data.Common;

namespace Billing.Sinks.Aurora.Tests.Faults;

/// <summary>An error of a server, as drivers give it.</summary>
public sealed class InjectedException : DbException
{
    public InjectedException(int number)
        : base($"Injected error {number}.") => Data["Server Error Code"] = number;
}
