using Billing.Testing.Servers;

[assembly: AssemblyFixture(typeof(SharedMySql))]
[assembly: AssemblyFixture(typeof(SharedPostgres))]
[assembly: AssemblyFixture(typeof(Billing.Console.Tests.Emulator))]
