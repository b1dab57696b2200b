using System.Security.Cryptography.X509Certificates;

namespace Billing.Lambda.Tests;

public sealed class TrustedRootsTests
{
    [Fact]
    public void All_that_the_machine_trusts_are_read()
    {
        using X509Store store = new(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        Assert.Equal(store.Certificates.Count, TrustedRoots.Read());
    }
}
