using Billing.Testing.Servers;

[assembly: AssemblyFixture(typeof(SharedMariaDb))]
[assembly: AssemblyFixture(typeof(Billing.Console.Tests.Emulator))]
