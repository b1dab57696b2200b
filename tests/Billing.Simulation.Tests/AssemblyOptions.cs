// One test at a time: what inputs make the process allocate is measured.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
