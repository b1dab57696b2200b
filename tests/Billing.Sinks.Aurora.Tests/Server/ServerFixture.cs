[assembly: AssemblyFixture(typeof(SharedMariaDb))]
