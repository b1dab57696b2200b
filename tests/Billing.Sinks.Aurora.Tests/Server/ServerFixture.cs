[assembly: AssemblyFixture(typeof(SharedMySql))]
