"""Adapters for the engines that process documents by the million: datatrove, Spark, Ray Data, Hugging Face datasets.

Each is an optional extra (`pip install 'article-cleaner[spark]'`), and each calls the same `rows.RowCleaner`:
the same document gives the same body, metadata and removals everywhere. Import the module of your engine,
such as `cleaner.integrations.spark`; this package itself imports none.
"""
