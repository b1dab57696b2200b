using Billing.Testing.Servers;

[assembly: AssemblyFixture(typeof(SharedMariaDb))]
